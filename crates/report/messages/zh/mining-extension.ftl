# mining-extension

mining-extension-summary = 更新请求中出现的挖矿浏览器扩展
mining-extension-installed = 请求更新会挖矿的浏览器扩展 { $extension }（{ $id }）
mining-extension-at = 请求更新 { $extension }
