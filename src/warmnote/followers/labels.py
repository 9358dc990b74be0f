"""What exports call the same field in the languages that people order them in."""

import re

__all__ = ["USER_NAME"]

USER_NAME = re.compile(
    r"user ?name|(?:be)?nutzername|nom d.utilisateur|nombre de usuario|nome d[eo] usu[aá]rio|nome d[eo] utilizador|"
    r"nome utente|gebruikersnaam|brugernavn|anv[aä]ndarnamn|nazwa u[zż]ytkownika|kullan[ıi]c[ıi] ad[ıi]|"
    r"имя пользователя|用户名|用戶名稱|使用者名稱|ユーザーネーム|ユーザー名|사용자 이름",
    re.IGNORECASE,
)
