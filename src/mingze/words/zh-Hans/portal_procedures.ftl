# 一种程序的公开页面：图、带算例的期限、规矩、检查结论
portal-procedure-on-this-page = 本页内容
portal-procedure-picture = 一张图看清
portal-procedure-rules = 谁要回避，公开什么
portal-procedure-opened-by-office = 不由群众提交，由单位立件。
portal-picture-read = 一个方框是办件可以停留的一处：写着名称、轮到谁、能做什么。从每个行为引出的线，通到它去的那一处；圆角的方框是终点。
portal-picture-in-words = 用文字说同一件事
portal-outside = 外单位
portal-pending-text = 条文待核
portal-colon = ：
portal-reason-cited = { $reason }（{ $cite }）

portal-clock-limit-stated = 从“{ $starts }”写明的日期起{ $period }内
portal-clock-minimum-stated = 从“{ $starts }”写明的日期起至少{ $period }后
portal-clock-backward-stated = “{ $starts }”写明的日期前至少{ $period }
portal-clock-due-stated = 以事项写明的日期为准；没有写的，从“{ $starts }”写明的日期起{ $period }内
portal-clock-example-minimum = 假如今天（{ $today }）起算，从{ $free }起才可以办。
portal-clock-example-backward = 假如那一天是{ $day }，最后一天是{ $due }。
portal-clock-example-hours-forward = 假如{ $start }起算，{ $end }届满。
portal-clock-example-hours-backward = 假如那一刻是{ $start }，最晚是{ $end }。
portal-clock-example-days = 逐日看这个例子
portal-clock-extended = “{ $action }”可以延长{ $period }{ $times ->
    [0] {""}
   *[other] ，最多{ $times }次
 }（{ $cite }）。
portal-clock-extended-to = “{ $action }”可以延长{ $period }{ $times ->
    [0] {""}
   *[other] ，最多{ $times }次
 }；上面的例子就到{ $due }（{ $cite }）。
portal-clock-extended-stated = “{ $action }”可以改到更晚的一天{ $some ->
    [0] {""}
   *[other] ，以“{ $field }”写明的为准
 }（{ $cite }）。
portal-clock-suspended = “{ $action }”使时限停止，停的日子不算（{ $cite }）。
portal-clock-resumed = “{ $action }”使时限接着算（{ $cite }）。
portal-clock-restarted = “{ $action }”使时限重新起算（{ $cite }）。
portal-clock-reopened = “{ $action }”使时限恢复：先前的办结不算数（{ $cite }）。

portal-silence-none = 到期没有办，法律没有另外规定后果：逾期记录在案，责任不免除（{ $cite }）。
portal-silence-deemed-refused = 到期没有办，法律视为不同意{ $some ->
    [0] {""}
   *[other] ；您可以：{ $remedies }
 }（{ $cite }）。
portal-silence-deemed-granted = 到期没有办，法律视为同意，可以据此办事（{ $cite }）。
portal-silence-may-turn-elsewhere = 到期没有办，当事人不必再等{ $some ->
    [0] {""}
   *[other] ，可以：{ $remedies }
 }（{ $cite }）。

portal-action-clock = “{ $clock }”届满，自动
portal-action-when = 只有在这时：{ $condition }
portal-action-join = 各个分支都到齐才可以
portal-action-fork = 从这里起同时进行：{ $stages }
portal-action-at-most = 最多{ $times }次
portal-action-adverse = 对当事人不利；同时告知可以：{ $remedies }
portal-action-no-remedy = 对当事人不利，没有救济途径：{ $why }

portal-remedy-after = 针对：“{ $actions }”。
portal-remedy-procedure = 看那个程序怎么走

portal-rules-kept-out = 谁要回避
portal-rules-nobody-kept-out = 本程序没有专门的回避规定：每个行为只有写明的单位或者当事人可以做。
portal-rules-published = 每件事向社会公开什么
portal-rules-nothing-published = 什么也不公开。公开账本里只有加盐的摘要，谁也看不出是谁、是什么事。
portal-rules-open-record = 全部公开：这是政府自己的承诺，每一步、每次报告、每份佐证都公开。
portal-rules-see-published = 看已经公开的
portal-rules-links = 与它相连的程序
portal-excluded = “{ $field }”写明的单位，永远不能在这件事里办理，也不能查阅。
portal-excluded-line = “{ $field }”写明的单位和它的各级上级单位，永远不能在这件事里办理，也不能查阅。
portal-apart = “{ $first }”和“{ $second }”不能是同一个单位。
portal-recuses = “{ $action }”：“{ $field }”写明的岗位从此退出这件事。
portal-published-on = { $title }：从“{ $on }”起，谁都可以看到{ $shows }。
portal-published-until = { $title }：从“{ $on }”起，谁都可以看到{ $shows }，到“{ $until }”为止。
portal-link-opens = 由“{ $actions }”开启
portal-link-opened-by = 它的“{ $actions }”开启本程序

portal-verdict-title = 运行之前的检查
portal-verdict-yes = 通过。
portal-verdict-no = 不通过。
portal-verdict-holds = 程序把一件事可能走到的{ $states }种情形逐一走过，并试算了编写人写下的{ $scenarios }个情景，都成立。检查的就是本页显示的这些表。
portal-verdict-refused = { $scenarios }个情景中，{ $holding }个成立。检查不通过的地方：
portal-verdict-proved-1 = 每一处都走得到，从每一处都走得到终点。
portal-verdict-proved-2 = 办件停在哪一处，都恰有一个单位或者一个当事人该办，并有时限终结等待。
portal-verdict-proved-3 = 每个对当事人不利的行为都会告知，并写明可以怎么办；没有救济的，写明依据和理由。
portal-verdict-proved-4 = 每个行为、时限和天数都写明当日有效的依据；法定的最短期间绕不过去。
portal-verdict-proved-5 = 不问宗教、民族、政治面貌、家庭和健康，除非写明依据、用途和销毁的期限。
portal-verdict-longest-title = 最长要多久
portal-verdict-longest = 假如人人都到最后一天才办：共{ $days }个自然日。其中{ $law }天出自法律法规，{ $local }天出自本区规则；单位用{ $office }天，当事人用{ $person }天，外单位用{ $outside }天。
portal-verdict-repeats = 可以反复、这里只算一次的：{ $actions }。
portal-verdict-stated = 事项自己写明日期的不计在内（{ $clocks }）。
portal-verdict-legs = 逐段来看
portal-verdict-days = 天数
portal-verdict-notes = 还要知道
portal-verdict-yourself = 自己检查：

portal-promise-many = 今天交，最迟{ $first_due }{ $first }；最迟{ $due }{ $then }。
portal-step-yours = 这一步由您来做，时限写明最后一天。
portal-step-may = 您可以：{ $actions }
portal-step-may-more = 您的权利有自己的时限，办件页面写明最后一天。
portal-silence-none-person = 到期不用，这项权利终止，法律没有另外规定后果（{ $cite }）。
portal-verdict-pending = 这一版正在检查，请稍后再打开本页。
portal-step-refusal = 如果结果对您不利（“{ $action }”），也在同一期限内作出并说明理由，同时告知您怎样提出异议。
