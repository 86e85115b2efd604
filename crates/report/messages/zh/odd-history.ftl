# odd-history

odd-history-summary = shell 历史：挖矿命令，以及入侵者比他人更常输入的命令
odd-history-orders = { $path } 中有在 { $pool } 挖矿的命令：{ $command }
odd-history-fetched = { $path } 中有命令下载或解码后直接运行：{ $command }{ $count ->
    [1] {""}
   *[other] （共 { $count } 条）
}
odd-history-several = { $path } 中有多条入侵者常用的命令（{ $does }）：{ $command }
odd-history-installer = { $path } 中有按开发者建议运行的已知安装脚本：{ $command }
odd-history-at = { $command }
