# Common ways of saying amounts and dates
words-example = { $amount ->
    [one] { $amount } office answers
   *[other] { $amount } offices answer
}

period-working-days = { $amount ->
    [one] { $amount } working day
   *[other] { $amount } working days
}
period-calendar-days = { $amount ->
    [one] { $amount } calendar day
   *[other] { $amount } calendar days
}
period-days = { $amount ->
    [one] { $amount } day
   *[other] { $amount } days
}
period-weeks = { $amount ->
    [one] { $amount } week
   *[other] { $amount } weeks
}
period-months = { $amount ->
    [one] { $amount } month
   *[other] { $amount } months
}
period-years = { $amount ->
    [one] { $amount } year
   *[other] { $amount } years
}
period-hours = { $amount ->
    [one] { $amount } hour
   *[other] { $amount } hours
}
period-working-hours = { $amount ->
    [one] { $amount } working hour
   *[other] { $amount } working hours
}
period-minutes = { $amount ->
    [one] { $amount } minute
   *[other] { $amount } minutes
}
