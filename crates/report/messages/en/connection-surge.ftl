# connection-surge

connection-surge-summary = suddenly many others at once: ten times the peers of any minute before
connection-surge-opened = tried to reach { $more ->
    [none] {""}
   *[other] at least{" "}
}{ $peers } addresses in one minute; in the { $minutes } minutes before, never more than { $before } in one
connection-surge-received = was tried by { $more ->
    [none] {""}
   *[other] at least{" "}
}{ $peers } addresses in one minute; in the { $minutes } minutes before, never by more than { $before } in one; { $empty } of { $connections } connections carried nothing
connection-surge-at-first = the minute begins
