# 承诺清单的数据、动态、日历、嵌入和邮件
portal-board-topic = 工作领域
portal-board-any-topic = 全部领域
portal-board-follow = 关注、下载或嵌入这份清单
open-all-promises = 全部承诺
open-feed-title = { $authority }：{ $what }
open-feed-title-one = { $authority }：{ $number }
open-feed-words = 这些承诺后来怎么样了，以公开记录为准。
open-feed-item = { $promise }：{ $happened }
open-calendar-summary = { $office }：{ $promise }
open-embed-title = 政府答应过什么
open-embed-all = 看全部承诺
open-embed-more = 看其余的承诺
open-follow-title = 关注承诺
open-follow-lead = 您关注的是：{ $what }。下面每个地址都按这个范围。
open-follow-programs = 给程序用的地址
open-way-rss = 动态（RSS）
open-way-rss-words = 每条承诺的每个记录，新的在前：延期、报完成、核验、变更。
open-way-calendar = 日历（iCalendar）
open-way-calendar-words = 每条未完成承诺的到期日；延期后日历里跟着改。
open-way-csv = 表格（CSV）
open-way-csv-words = 一行一条，可用电子表格打开。
open-way-json = 数据（JSON）
open-way-json-words = 同样的内容，附每一列的含义和公开账本当时的长度。
open-follow-embed = 放到您的网页上
open-follow-embed-words = 把这一行HTML放进别的网页，就能显示这份清单。它不设Cookie，不运行脚本。
open-follow-embed-look = 看看样子
open-follow-embed-code = 可复制的HTML
open-follow-columns = 数据里有什么
open-follow-columns-words = 列名和含义不会改变。“报完成”“核验通过”“受益人认可”分成几列，因为它们是不同的事实。
open-follow-columns-show = 全部{ $count }列
open-column-number = 承诺编号
open-column-title = 事项
open-column-words = 文件原话
open-column-document_id = 文件在本系统的编号
open-column-document = 文件名称
open-column-lead_office = 牵头单位（代码）
open-column-lead_office_name = 牵头单位
open-column-supporting_offices = 配合单位
open-column-indicator = 指标
open-column-evidence_rule = 什么算完成
open-column-value = 最近一次报送的数值
open-column-value_as_of = 数值截至日
open-column-value_source = 数值来源
open-column-first_deadline = 最初的完成期限
open-column-deadline = 现在的完成期限（含延期）
open-column-stage = 所处阶段（程序里的名称）
open-column-stage_name = 所处阶段
open-column-open = 是否未办结
open-column-overdue = 现在的期限是否已过
open-column-reported_done_on = 牵头单位报完成的日期
open-column-verified_on = 另一单位核验通过的日期
open-column-verified_by = 核验单位
open-column-last_news_on = 最近一次记录的日期
open-column-url = 承诺页面地址
open-follow-one = 关注这条承诺
open-follow-rather-all = 改为关注全部承诺
follow-letter-title = 用电子邮件
follow-address = 您的邮箱
follow-address-hint = 有新情况才发，每天最多一封，早上发。
follow-address-why = 邮箱加密保存，只用来发这些邮件，您一退订就删除。这里没有人能查到您关注了什么。
follow-ask = 给我发第一封信
follow-sent-title = 请查收邮件。
follow-sent = 信已经在路上。请在48小时内打开信里的链接并按下按钮，在那之前不会关注任何内容。没有收到的话，请看看垃圾邮件，或者核对邮箱地址。
follow-bad-address = 这不是一个邮箱地址。邮箱像这样：name@example.org。
follow-not-now = 现在无法安全地保存邮箱。请过一分钟再试，刚才没有保存任何内容。
follow-asked-title = 可以给您写信吗？
follow-asked = 有人用这个邮箱关注：{ $what }。您同意之后才会有信来。
follow-confirm = 可以，请发给我
follow-refuse = 不是我填的
follow-confirmed-title = 有新情况会写信给您
follow-followed-title = 承诺动态的邮件
follow-followed = 您关注的是：{ $what }。每天最多一封，每封信里都有退订链接。
follow-stop = 不再接收
follow-stopped-title = 已经退订
follow-stopped = 邮箱已经删除，不会再有信来。
follow-over-title = 这个链接已经失效
follow-over = 邮件已经退订，或者没有在48小时内确认。与它有关的内容都没有保留。
follow-letter-ask-subject = { $authority }：请确认可以给您写信
follow-letter-ask =
    有人用这个邮箱关注{ $authority }的承诺：{ $what }。

    如果是您，请在48小时内打开下面的页面并按下按钮：
    { $link }

    如果不是您，不用做任何事，邮箱会自动删除。{ $items }
follow-letter-new-subject = { $authority }：{ $what }有新情况
follow-letter-new =
    您关注的：{ $what }

    { $items }

    --
    这些邮件是您向{ $authority }订阅的。点一下即可退订：
    { $link }
follow-letter-item =
    { $day } · { $promise }
    { $happened }
    { $url }
