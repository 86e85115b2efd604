# odd-process

odd-process-summary = 隐藏自身或伪装的进程
odd-process-hidden-listing = { $process }（pid { $pid }）被隐藏：仍在运行，但内核列表中没有它
odd-process-hidden-library = { $process }（pid { $pid }）对程序隐藏：C 库在列表中略去了它
odd-process-hidden-mount = { $process }（pid { $pid }）被隐藏：其 /proc 目录上挂载了别的东西
odd-process-false-kernel-thread = { $process }（pid { $pid }）名称像内核线程，实为程序：{ $path }
odd-process-in-memory = { $process }（pid { $pid }）仅在内存中运行，没有文件
odd-process-deleted = { $process }（pid { $pid }）所运行的文件已被删除：{ $path }
odd-process-replaced = { $process }（pid { $pid }）所运行的文件已被另一文件取代：{ $path }
odd-process-system-name = { $process }（pid { $pid }）用系统程序的名称，运行的却是 { $path }，而非 { $usual }
odd-process-writable-folder = { $process }（pid { $pid }）从任何人可写的目录运行：{ $path }
odd-process-hidden-folder = { $process }（pid { $pid }）从隐藏位置运行：{ $path }
odd-process-preload = { $process }（pid { $pid }）抢先加载一个库：{ $variable }={ $library }
odd-process-foreign-library = { $process }（pid { $pid }）加载了不属于任何软件包的代码：{ $library }
odd-process-closed = { $process }（pid { $pid }）连机器所有者也无法查看
odd-process-seen = { $command }
