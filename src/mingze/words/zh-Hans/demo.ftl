# The demo's start page: cases worth looking at.
demo-case-received = 今天刚收到的一件意见建议
demo-case-extended = 办理中，已批准延期的一件
demo-case-answered = 已答复，等您说一句解决了没有
demo-case-overdue = 已经超期的一件企业诉求
demo-case-refused = 没有支持、写明理由和救济途径的一件
