# 本机上的无害演员：是什么、怎样看到、怎样结束。

drill-busy = 不停计算的线程，每个处理器一个，优先级最低
drill-busy-seen = `top -H -p { $pid }`：每个线程占满处理器的剩余时间
drill-randomx-memory = 与 RandomX 相同的内存布局：一个 2,336 MiB 的映射（--light：256 MiB），每个处理器 2 MiB 可执行内存，线程不停计算
drill-randomx-memory-seen = `grep -A1 -e rwxp -e rw-p /proc/{ $pid }/maps`：一个 2,449,481,728 字节的映射（--light：268,435,456），以及没有文件的可执行映射
drill-rounding = 线程轮流使用就近、向下、向上、向零四种舍入方式，各持续几毫秒
drill-rounding-seen = 用调试器多次查看 { $pid }：MXCSR 的第 13、14 位在变化（ARM 上是 FPCR 的第 22、23 位）
drill-renamed = 名字像内核线程的进程
drill-renamed-seen = `ps -fp { $pid }` 显示为内核线程；`readlink /proc/{ $pid }/exe` 却有程序文件，内核线程没有
drill-system-name = 本程序以 sshd 和 systemd-journald 的名字运行，却不在它们的文件夹里
drill-exe-seen = `readlink /proc/{ $pid }/exe`
drill-deleted = 程序文件已被删除的进程
drill-replaced = 程序文件的位置上现在是另一个文件的进程
drill-replaced-seen = `readlink /proc/{ $pid }/exe` 显示“(deleted)”，而那里仍有一个文件
drill-memfd = 程序只在内存里、不在任何文件夹里的进程
drill-writable = 从任何人都可写的隐藏文件夹运行的进程
drill-orders = 带有矿工参数的进程：矿池不存在，钱包不属于任何人
drill-orders-seen = `tr '\0' ' ' </proc/{ $pid }/cmdline`
drill-orders-config = 参数指向矿工配置文件的进程
drill-orders-config-seen = `tr '\0' ' ' </proc/{ $pid }/cmdline`，矿池写在 { $path }
drill-orders-environment = 环境变量里有矿池和钱包的进程
drill-environment-seen = `tr '\0' '\n' </proc/{ $pid }/environ`
drill-preloaded = 启动时预加载了一个库的进程；库是空的
drill-readdir-shim = 预加载的库把一个进程从文件夹列表中去掉，使另一个进程看不到它
drill-readdir-shim-seen = `LD_PRELOAD={ $path } ls /proc` 里没有 { $pid }；`ls /proc` 里有
drill-mounted-over = 其 /proc 文件夹被一个空文件夹盖住的进程：只在自己的挂载命名空间里，加 --in-place 则对所有人
drill-mounted-over-seen = `grep ' { $path } ' /proc/self/mountinfo`，并且 `ls { $path }` 为空
drill-reviver = 另一个进程一结束就把它重新启动的进程
drill-reviver-seen = `pstree -p { $pid }`；结束下面那个，它会再回来
drill-planted = 会自行启动脚本的条目（cron、systemd、profile、udev……），放在一个不是任何机器根目录的文件夹里；脚本什么也不做
drill-planted-seen = 查看该文件夹，或 --truth 写出的表
drill-storm = 2,000 个先后启动、立刻结束的进程：不是矿工，也不应被当成矿工
drill-storm-seen = 反复执行 `ps --ppid { $pid }`
drill-compiler-like = 在所有处理器上读写文件的短进程，像编译一样：不是矿工
drill-children-seen = 反复执行 `ps --ppid { $pid }`
drill-name-only = 查看一个名为 xmrig.md 的文件的进程：不是矿工

drill-ends-process = 结束其进程
drill-ends-files = 结束其进程，删除其文件
drill-ends-entries = 删除它写下的文件，不碰其他文件
drill-ends-mount = 取下盖住的文件夹，结束其进程

drill-note-touched = 其 { $size } MiB 已占用物理内存
drill-note-untouched = 其 { $size } MiB 只映射、未触碰，以免占用机器内存；--touch always 使其占用
drill-note-shim = 只有以 { $library } 启动的程序会被欺骗
drill-note-namespace = 从里面看：`nsenter -t { $pid } -m`；--in-place 则对所有人挂载
drill-note-planted = { $root } 之下有 { $count } 个条目
drill-note-refused = 因已有文件而略过 { $count } 个条目

drill-cannot-failed = 无法布置：{ $reason }
drill-cannot-compiler = 没有 C 编译器（cc）来制作它的库
drill-cannot-preload = 本程序的这个版本不用共享 C 库，无法预加载
drill-cannot-mount = 不允许挂载：需要 root（CAP_SYS_ADMIN）
drill-root-live = { $path } 属于正在运行的系统；演习只放在与系统无关的文件夹里
drill-root-unfit = { $path } 不是文件夹，也无法在那里创建
drill-left = { $path } 留下了：{ $reason }
