# What is public of cases
portal-foot-published = What has been made public
portal-published-title = What has been made public
portal-published-over = Public record
portal-published-all = All that is public
portal-published-lead = Some procedures must publish parts of their cases. Here stands exactly what each procedure’s own table names, from the act on that publishes it, and nothing about persons.
portal-published-what = What this procedure publishes: { $what }.
portal-published-none-title = Nothing is public yet
portal-published-none = As soon as a case reaches the act that publishes it, it stands here: { $what }.
portal-published-own = What everybody can see of it
portal-published-own-more = By the rules of this procedure this is public: { $what }. What you wrote and who you are is not.
portal-published-see = See it as others do
portal-publication-lead = What is public of this case. The rest is not: names, words and files are sealed.
portal-publication-no-facts = Published without further particulars.
portal-publication-since = Public since{ " " }
portal-publication-until = until “{ $until }”
