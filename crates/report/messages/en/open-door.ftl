# open-door

open-door-summary = services that miners come in by, listening to others than the machine itself
open-door-asks-nothing = { $service } at { $address } is open to everybody who reaches it: { $danger ->
    [containers] whoever comes in starts containers with all rights
    [commands] whoever comes in runs commands
    [files] whoever comes in writes files, such as tables of cron
    [database] whoever comes in runs programs through the database
    [guessing] a guessed password is a shell
    [holes] older versions let people in without a login
   *[other] it gives away what it holds
}; bind it to 127.0.0.1, or let it ask for a key
open-door-may-ask-nothing = { $service } at { $address } may be open to everybody who reaches it: { $danger ->
    [containers] whoever comes in starts containers with all rights
    [commands] whoever comes in runs commands
    [files] whoever comes in writes files, such as tables of cron
    [database] whoever comes in runs programs through the database
    [guessing] a guessed password is a shell
    [holes] older versions let people in without a login
   *[other] it gives away what it holds
}; check whether it asks for a login
open-door-asks-password = { $service } at { $address } asks no more than a password: { $danger ->
    [containers] whoever comes in starts containers with all rights
    [commands] whoever comes in runs commands
    [files] whoever comes in writes files, such as tables of cron
    [database] whoever comes in runs programs through the database
    [guessing] a guessed password is a shell
    [holes] older versions let people in without a login
   *[other] it gives away what it holds
}; let only those reach it who must
open-door-root-password = { $service } at { $address } lets root in with a password: { $danger ->
    [containers] whoever comes in starts containers with all rights
    [commands] whoever comes in runs commands
    [files] whoever comes in writes files, such as tables of cron
    [database] whoever comes in runs programs through the database
    [guessing] a guessed password is a shell
    [holes] older versions let people in without a login
   *[other] it gives away what it holds
}; set PermitRootLogin to prohibit-password and use keys
open-door-set-to-ask-nothing = { $service } is set to let everybody in by { $place }: { $danger ->
    [containers] whoever comes in starts containers with all rights
    [commands] whoever comes in runs commands
    [files] whoever comes in writes files, such as tables of cron
    [database] whoever comes in runs programs through the database
    [guessing] a guessed password is a shell
    [holes] older versions let people in without a login
   *[other] it gives away what it holds
}
open-door-at-listener = it listens at { $address }
open-door-at-setting = { $setting }
