# spread

spread-summary = 蔓延：被扫描者或猜口令者连上的机器，随后自己开始扫描或猜测
spread-passed-on = 于 { $time } 被 { $by } 连上 { $service }（后者此前已在此端口试探他人），{ $minutes } 分钟后自己也在此端口试探他人：{ $chain }
spread-at-own = 开始试探他人
