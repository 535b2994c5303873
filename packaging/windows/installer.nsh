; Read by electron-builder's NSIS script. At uninstall, whoever sits there is asked whether the data of this session are kept.
; Kept by default; kept without a question when silent (/S) or when a later version takes the place of this one.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    SetShellVarContext current
    ${if} ${FileExists} "$APPDATA\Instruire\*.*"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON1 "Garder les données d’Instruire de cette session (dossiers, documents, historique) ?$\r$\n$\r$\nL’historique des consultations doit être conservé au moins 36 mois. « Non » efface tout, sans retour possible." /SD IDYES IDYES instruire_keep_data
      RMDir /r "$APPDATA\Instruire"
      instruire_keep_data:
    ${endIf}
    ; What follows in electron-builder's script takes the program's own entries out of the registry: the machine's, when it was for all.
    ${if} $installMode == "all"
      SetShellVarContext all
    ${endIf}
  ${endIf}
!macroend
