# odd-autostart

odd-autostart-summary = 会自动启动、不属于任何软件包且有异常的条目
odd-autostart-fetches = { $place }（{ $mechanism }）从网络取得内容并运行
odd-autostart-decodes = { $place }（{ $mechanism }）解码内容并运行
odd-autostart-rivals = { $place }（{ $mechanism }）按名称结束矿工
odd-autostart-preloads = { $place }（{ $mechanism }）在所有库之前预加载库
odd-autostart-writable = { $place }（{ $mechanism }）运行位于人人可写之处的文件
odd-autostart-library = { $place }（{ $mechanism }）加载不属于任何软件包的库
odd-autostart-hidden = { $place }（{ $mechanism }）运行隐藏文件
odd-autostart-root = { $place }（{ $mechanism }）设立第二个拥有全部权限的账户
odd-autostart-foreign = { $place }（{ $mechanism }）是手工设置的：所启动或放行的内容不属于任何软件包
odd-autostart-missing = { $place }（{ $mechanism }）运行不存在的文件
odd-autostart-at = { $place }
