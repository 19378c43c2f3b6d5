# 办件向社会公开的内容
portal-foot-published = 已经公开的
portal-published-title = 已经公开的
portal-published-over = 公开记录
portal-published-all = 全部公开内容
portal-published-lead = 有的程序要公开办件的一部分。这里恰好是各程序的表里写明的内容，从写明的行为起公开，不涉及个人。
portal-published-what = 这个程序公开：{ $what }。
portal-published-none-title = 还没有公开的
portal-published-none = 办件走到公开的那一步，就列在这里：{ $what }。
portal-published-own = 大家能看到的
portal-published-own-more = 按这个程序的规定，下列内容公开：{ $what }。您写的内容和您是谁，不公开。
portal-published-see = 看别人看到的样子
portal-publication-lead = 这是本件公开的内容。其余不公开：姓名、文字和文件都封存。
portal-publication-no-facts = 已公开，没有其他事项。
portal-publication-since = 公开时间：
portal-publication-until = 到“{ $until }”为止
