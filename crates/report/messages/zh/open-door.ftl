# open-door

open-door-summary = 矿工常由此进入的服务，对本机之外开放监听
open-door-asks-nothing = { $address } 上的 { $service } 对所有能连上的人开放：{ $danger ->
    [containers] 进入者可用全部权限启动容器
    [commands] 进入者可执行命令
    [files] 进入者可写入文件，例如 cron 表
    [database] 进入者可通过数据库运行程序
    [guessing] 猜中口令即得到 shell
    [holes] 旧版本无需登录即可进入
   *[other] 会泄露其内容
}；请绑定到 127.0.0.1 或要求密钥
open-door-may-ask-nothing = { $address } 上的 { $service } 可能对所有能连上的人开放：{ $danger ->
    [containers] 进入者可用全部权限启动容器
    [commands] 进入者可执行命令
    [files] 进入者可写入文件，例如 cron 表
    [database] 进入者可通过数据库运行程序
    [guessing] 猜中口令即得到 shell
    [holes] 旧版本无需登录即可进入
   *[other] 会泄露其内容
}；请确认是否要求登录
open-door-asks-password = { $address } 上的 { $service } 只要求口令：{ $danger ->
    [containers] 进入者可用全部权限启动容器
    [commands] 进入者可执行命令
    [files] 进入者可写入文件，例如 cron 表
    [database] 进入者可通过数据库运行程序
    [guessing] 猜中口令即得到 shell
    [holes] 旧版本无需登录即可进入
   *[other] 会泄露其内容
}；请只让必要的人能连上
open-door-root-password = { $address } 上的 { $service } 允许 root 用口令登录：{ $danger ->
    [containers] 进入者可用全部权限启动容器
    [commands] 进入者可执行命令
    [files] 进入者可写入文件，例如 cron 表
    [database] 进入者可通过数据库运行程序
    [guessing] 猜中口令即得到 shell
    [holes] 旧版本无需登录即可进入
   *[other] 会泄露其内容
}；请将 PermitRootLogin 设为 prohibit-password 并使用密钥
open-door-set-to-ask-nothing = { $place } 把 { $service } 设为任何人都可进入：{ $danger ->
    [containers] 进入者可用全部权限启动容器
    [commands] 进入者可执行命令
    [files] 进入者可写入文件，例如 cron 表
    [database] 进入者可通过数据库运行程序
    [guessing] 猜中口令即得到 shell
    [holes] 旧版本无需登录即可进入
   *[other] 会泄露其内容
}
open-door-at-listener = 监听于 { $address }
open-door-at-setting = { $setting }
