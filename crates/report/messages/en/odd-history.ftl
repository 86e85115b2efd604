# odd-history

odd-history-summary = shell histories: orders to mine, and commands that intruders type more often than others
odd-history-orders = orders to mine at { $pool } in { $path }: { $command }
odd-history-fetched = a command in { $path } fetches or decodes something and runs it: { $command }{ $count ->
    [one] {""}
   *[other] {" "}({ $count } such commands)
}
odd-history-several = several commands in { $path } do what intruders often do ({ $does }): { $command }
odd-history-installer = { $path } holds a known installer, run as its maker advises: { $command }
odd-history-at = { $command }
