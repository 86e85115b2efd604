# 证据：什么没有读取及原因，什么已损坏。

bundle-summary = `minehound collect` 写出的一台机器，供在别处查看
bundle-other-form = 其他版本格式的收集包；请用那个版本扫描，或重新收集
live-summary = 运行本程序的机器，从内部查看
tree-summary = 作为机器根目录的文件夹：挂载的镜像、容器、UAC 或 Velociraptor 的收集结果

pcap-summary = 抓包文件：pcap 和 pcapng，可压缩、损坏或被截断
pcap-cut-in-header = 抓包在文件头内就结束了
pcap-cut-short = 记录被截断
pcap-absurd-length = 不是记录的字节，已跳过
pcap-frame-too-long = 帧长超过任何真实的帧
pcap-bad-block = 内容与其不符的块
pcap-unknown-interface = 所属接口未在抓包中描述的数据包
pcap-too-many-interfaces = 接口多于保留的数量
pcap-snap-length = 数据包被抓包的截取长度截断；tcpdump -s 0 会保留全部
pcap-dropped = 抓包机器自称丢失的数据包
pcap-secrets = 抓包中的 TLS 密钥，未使用
pcap-names-left-out = 抓包中的名称，已略去

unread-not-found = 没有这个文件或文件夹
unread-no-permission = 没有权限；请以可以读取它的用户运行
unread-failed = 无法读取：{ $error }
unread-empty = 是空的
unread-unknown = 不是任何读取器认识的证据；用 `minehound explain` 列出种类
unread-special = 设备、套接字或管道：没有打开；请改用 - 输入
unread-link = 指向文件夹之外的符号链接：没有跟随
unread-too-deep = 文件夹嵌套过深：请单独指明
unread-too-many = 一个文件夹中的文件过多：请单独指明其余的
unread-nested = 压缩超过两层：请先解压
unread-folder = 文件夹中没有任何证据

gap-member = 没有读取：{ $first }：{ $reason }
gap-read-failed = 读取失败：{ $error }
gap-stream-cut = 压缩数据提前结束
gap-stream-damaged = 压缩数据已损坏：{ $error }
gap-bomb = 解压炸弹：在 { $bytes } 字节后停止
gap-reader-failed = 读取器失败，这是我们的缺陷；其余没有读取

gap-fragments-missing = 缺少分片的 IP 数据包
gap-fragments-overlap = 相互矛盾的 IP 分片
gap-link-type = 链路类型 { $number } 的帧，无法读取
gap-packet-short = 短于其头部的数据包
gap-network-header = IP 头无法读取的数据包
gap-transport-header = TCP 或 UDP 头无法读取的数据包
gap-tunnel = 嵌套过深的隧道
gap-tunnel-not-opened = 未打开的隧道中的数据包（{ $kind }）
gap-wireless-encrypted = 加密的 802.11 帧
gap-wireless-parts = 分片的或一帧含多个数据包的 802.11 帧，未作重组
gap-conflicting-retransmission = 与之前字节不同的重传
gap-contacts-forgotten = 因表已满而放弃的多连接计数；--memory 可给予更多空间
gap-flows-evicted = 因表已满而放弃的流；--memory 可给予更多空间

gap-flow-failed = 流分析的一部分失败，这是我们的缺陷
extract-read-once = --extract 要读两遍证据，而 { $source } 只能读一遍；请先写入文件，再扫描该文件
gap-detector-failed = 检测器 { $detector } 失败，这是我们的缺陷
gap-findings-forgotten = 因检测器的表已满而遗忘的发现
gap-read-late = 与它时间重叠的文件多于可同时打开的数量，因此在它们之后读取：跨文件的连接可能看起来被截断
gap-content-given-up = 因内存不足而未继续读取的连接；用 --memory 可增加空间
gap-segments-discarded = 远远超前于其连接、不可信的字节
