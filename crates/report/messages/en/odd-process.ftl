# odd-process

odd-process-summary = processes that hide, or pose as something else
odd-process-hidden-listing = { $process } (pid { $pid }) is hidden: it lives, and the kernel does not list it
odd-process-hidden-library = { $process } (pid { $pid }) is hidden from programs: the C library leaves it out of listings
odd-process-hidden-mount = { $process } (pid { $pid }) is hidden: something is mounted over its folder in /proc
odd-process-false-kernel-thread = { $process } (pid { $pid }) is called as a kernel thread and is a program: { $path }
odd-process-in-memory = { $process } (pid { $pid }) runs from memory, without a file
odd-process-deleted = { $process } (pid { $pid }) runs a file that was deleted: { $path }
odd-process-replaced = { $process } (pid { $pid }) runs a file in whose place another lies: { $path }
odd-process-system-name = { $process } (pid { $pid }) has the name of a system program and runs { $path }, not { $usual }
odd-process-writable-folder = { $process } (pid { $pid }) runs from a folder where anybody may write: { $path }
odd-process-hidden-folder = { $process } (pid { $pid }) runs from a hidden place: { $path }
odd-process-preload = { $process } (pid { $pid }) puts a library before all others: { $variable }={ $library }
odd-process-foreign-library = { $process } (pid { $pid }) has code loaded that no package owns: { $library }
odd-process-closed = { $process } (pid { $pid }) is closed even to the owner of the machine
odd-process-seen = { $command }
