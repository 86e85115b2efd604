# password-guessing

password-guessing-summary = passwords being guessed: short connections with a login service, again and again
password-guessing-out = seems to guess passwords: { $attempts } short connections to { $service } at { $other }{ $further ->
    [0] {""}
   *[other] {" "}and { $further } more
} within { $minutes } min
password-guessing-in = seems to have its passwords guessed: { $attempts } short connections to { $service } from { $other }{ $further ->
    [0] {""}
   *[other] {" "}and { $further } more
} within { $minutes } min
password-guessing-got-in = seems to guess passwords: { $attempts } short connections to { $service } at { $other }{ $further ->
    [0] {""}
   *[other] {" "}and { $further } more
} within { $minutes } min; one attempt seems to have succeeded: { $time } at { $there }, { $bytes } bytes, { $secs } s
password-guessing-was-entered = seems to have its passwords guessed: { $attempts } short connections to { $service } from { $other }{ $further ->
    [0] {""}
   *[other] {" "}and { $further } more
} within { $minutes } min; one attempt seems to have succeeded: { $time } from { $there }, { $bytes } bytes, { $secs } s
password-guessing-at-attempt = a short connection
password-guessing-at-success = the connection that carried much more
