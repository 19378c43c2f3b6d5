# 通用的数量与日期说法
words-example = { $amount }个单位答复

period-working-days = { $amount }个工作日
period-calendar-days = { $amount }日
period-days = { $amount }日
period-weeks = { $amount }周
period-months = { $amount }个月
period-years = { $amount }年
period-hours = { $amount }小时
period-working-hours = { $amount }个工作小时
period-minutes = { $amount }分钟
