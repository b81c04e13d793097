:absent
chcp 65001 >nul
echo kpireport は、"%USERNAME%" さんには入っていません（入れる前か、取り外した後か、Python が替わった後です）。
echo   探したところ: "%KPIREPORT_HOME%"
echo   → 配られたフォルダー（ZIP を展開したもの）の「導入.cmd」をダブルクリックしてください。
pause
exit /b 1
