gap-host-broken = 介质或内核出错，无法读取；首处：{ $first }
gap-host-cut = 只读取了开头；首处：{ $first }
gap-host-damaged = 文件的一部分已损坏或类型未知；首处：{ $first }
gap-host-denied = 权限不足，无法读取；首处：{ $first }
gap-host-packed = 压缩的日志未打开；首处：{ $first }
gap-host-unfit = 不是普通文件或目录，或链接成环；首处：{ $first }
host-reach-processes = 其他用户进程的参数、内存和文件
host-reach-files = 其他用户的文件
