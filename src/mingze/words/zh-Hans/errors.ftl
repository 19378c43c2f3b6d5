# 拒绝与不可用的说法。id 为 refused-<code>；给工作人员的另一种说法为 refused-<code>-staff
refused-busy = 系统正忙，您的内容还没有提交。请稍等片刻再试一次，不会重复受理。
refused-busy-staff = 记录库正忙，本次操作没有写入，请稍后重试。
refused-read_only = 系统目前只能查看，不能提交。您填写的内容没有保存，请稍后再试。
refused-read_only-staff = 记录库为只读，本次操作没有写入。请联系运行维护人员检查数据目录的写权限。
refused-disk_full = 系统存储空间已满，您的内容没有保存。请稍后再试，或者通过窗口、电话反映。
refused-disk_full-staff = 存储空间已满，本次操作没有写入。请联系运行维护人员清理磁盘空间后重试。
refused-gone = 系统暂时打不开记录库，没有写入任何内容。请稍后再试。
