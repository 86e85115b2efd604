# pasted

pasted-summary = 粘贴的 ps、top、ss、netstat、lsof、crontab、systemctl、last 输出
pasted-unreadable = 开头像进程或连接列表，实际不是
pasted-lines-unread = 与所在表格不符的行
pasted-too-many = 因数量过多而略去的进程、套接字或条目
pasted-no-owner = 没有进程信息的连接；请以 root 身份加 -p 运行命令
pasted-logins-unused = 登录记录，未据此得出结论
