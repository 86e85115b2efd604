# host-scan

host-scan-summary = a machine that looks for others: one port at many addresses, or many ports of one
host-scan-sweep = looked for port { $port }{ $more_ports ->
    [0] {""}
   *[other] {" "}and { $more_ports } more
} at { $more ->
    [none] {""}
   *[other] at least{" "}
}{ $targets } addresses in vain within { $minutes } min; { $answered ->
    [0] none
   *[other] { $answered }
} answered
host-scan-ports = tried { $more ->
    [none] {""}
   *[other] at least{" "}
}{ $ports } ports of { $other } in vain within { $minutes } min{ $further ->
    [0] {""}
   *[other] , and of { $further } more
}
host-scan-was-scanned = was asked for { $more ->
    [none] {""}
   *[other] at least{" "}
}{ $ports } closed ports within { $minutes } min by { $other }{ $further ->
    [0] {""}
   *[other] {" "}and { $further } more
}
host-scan-at-attempt = an attempt that failed
