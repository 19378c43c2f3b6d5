# 门口的话：附件收不收、稍等一下、安全说明。

portal-problem-file_kind = 附件“{ $name }”的格式这里收不了。可以收：{ $kinds }。手机照片请存成JPG再传。
portal-problem-file_differs = 附件“{ $name }”的内容和文件名的后缀对不上。请用原来的软件打开，重新另存一份再传。
portal-problem-file_unsafe = 附件“{ $name }”里面夹带了程序、别的压缩包，或者打开后会变得特别大，不能收。请去掉这些内容，重新另存一份再传。
portal-problem-picture_too_large = 图片“{ $name }”太大：每张最多{ $limit_mp }百万像素。请缩小以后再传。
portal-problem-picture_broken = 图片“{ $name }”打不开，可能没有存完整。请重新选一张。

refused-picture_broken = 这张图片打不开。原件仍然封存着，没有改动。
refused-picture_broken-staff = { $case }：图片“{ $name }”不能安全地重新绘制，所以没有交给您看。原件仍按原样封存，查阅已经留痕。请和提交人联系，另交一份。
refused-picture_broken-why = 图片打不开。

edge-wait-title = 请稍等一下
refused-wait = 刚才试得比较多。请等{ $seconds }秒，再按一次按钮；填好的内容还在，不会把您拒之门外。
refused-wait-staff = 刚才试得比较多。请等{ $seconds }秒，再按一次按钮；没有写入任何内容。
refused-wait-why = 请稍等一下。
