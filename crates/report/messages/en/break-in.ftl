# break-in

break-in-summary = logins that succeeded after many from the same source had failed, by the machine's own records
break-in-guessed = { $user } logged in from { $source } at { $time } after { $failures }{ $more ->
    [more] {" "}or more
   *[other] {""}
} failed logins from there with { $names } { $names ->
    [one] name
   *[other] names
}: the password seems to have been guessed
break-in-root = root logged in with a password from { $source } at { $time }, after { $failures } failed { $failures ->
    [one] login
   *[other] logins
} from there
break-in-at-source = logins from { $source }
