# miner-config

miner-config-summary = 矿工配置文件与启动矿工的脚本
miner-config-longer = 文件在已读部分之后还有内容
