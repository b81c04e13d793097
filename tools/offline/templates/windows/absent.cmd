:absent
chcp 65001 >nul
echo kpireport は、まだ導入されていません。
echo   → 配られたフォルダーの「導入.cmd」をダブルクリックしてください。
pause
exit /b 1
