# pasted

pasted-summary = pasted output of ps, top, ss, netstat, lsof, crontab, systemctl and last
pasted-unreadable = it begins like a listing of processes or connections, and is none
pasted-lines-unread = lines that do not fit the table they stand in
pasted-too-many = processes, sockets or entries, left out because there are too many
pasted-no-owner = connections without a process; run the command as root with -p
pasted-logins-unused = logins, from which nothing is concluded
