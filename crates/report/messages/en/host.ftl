gap-host-broken = could not be read, the medium or the kernel failed; first: { $first }
gap-host-cut = only the beginning was read; first: { $first }
gap-host-damaged = part of a file is damaged or of an unknown kind; first: { $first }
gap-host-denied = may not be read without more rights; first: { $first }
gap-host-packed = packed logs were not opened; first: { $first }
gap-host-unfit = no regular file or folder, or a link that leads in a circle; first: { $first }
host-reach-processes = arguments, memory and files of other users' processes
host-reach-files = files of other users
