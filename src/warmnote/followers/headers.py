"""The words that programs of many countries head their columns with, and what each of them means.

All are in the form that `columns.canonical` gives: lower case, no accents, no numbers, one space between words.
"""

import re
from enum import StrEnum

__all__ = [
    "CITIES",
    "COUNTRIES",
    "IDENTIFYING",
    "NEVER_SHARED",
    "PHONES",
    "PRIVATE",
    "QUALIFIERS",
    "REGIONS",
    "ROLES",
    "Role",
]


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    FIRST = "first name"
    MIDDLE = "middle name"
    LAST = "last name"
    NICKNAME = "nickname"
    HANDLE = "handle"
    ID = "account number"
    PROFILE = "profile address"
    WEBSITE = "website"
    EMAIL = "e-mail"
    BIO = "bio"
    LOCATION = "location"
    COMPANY = "company"
    POSITION = "position"
    PRONOUNS = "pronouns"
    FOLLOWED = "date of the follow"
    NOTE = "note"
    LABEL = "label"
    BIRTHDAY = "birthday"
    PHONE = "telephone"  # never kept; it only shows that a table is about people
    TITLE = "title"  # a job in one program, "Dr." in the next: settled by its neighbours
    LEFT_OUT = "left out"  # known, and nothing a letter should be built on


IDENTIFYING = frozenset({Role.NAME, Role.FIRST, Role.LAST, Role.HANDLE, Role.PROFILE, Role.EMAIL})

# `|` between the headers; English, German, French, Spanish, Portuguese, Italian, Dutch.
_WORDS = {
    Role.NAME: "name|full name|fullname|display name|profile name|person name|contact name|contact|follower|follower name"
    "|name surname|vollstandiger name|anzeigename|kontakt|nom complet|nom prenom|prenom nom|nom affiche|contact nom"
    "|nombre completo|nombre y apellidos|nombre|nome completo|nome e sobrenome|nome de exibicao|nome"
    "|nome visualizzato|contatto|volledige naam|weergavenaam|naam|display as|nome do contato|nombre del contacto",
    Role.FIRST: "first name|firstname|first|given name|givenname|forename|vorname|rufname|prenom|primer nombre|nombre de pila"
    "|primeiro nome|nome proprio"
    "|voornaam|roepnaam|fname",
    Role.MIDDLE: "middle name|additional name|zweiter vorname|weitere vornamen|deuxieme prenom|segundo nombre|nome do meio"
    "|secondo nome|middelste naam|tussenvoegsel|outros nomes|middlename",
    Role.LAST: "last name|lastname|last|family name|familyname|surname|nachname|familienname|zuname|nom|nom de famille"
    "|apellido|apellidos|sobrenome|apelido|ultimo nome"
    "|cognome|achternaam|familienaam|segundo apellido|lname",
    Role.HANDLE: "handle|username|user name|user|screen name|screenname|login|account address|account|acct|nickname"
    "|benutzername|nutzername|nutzer|nom d utilisateur|nom utilisateur|pseudo|identifiant|usuario|nombre de usuario"
    "|nome de usuario|nome de utilizador|utilizador"
    "|nome utente|gebruikersnaam|x handle|handle name",
    Role.ID: "id|user id|userid|account id|rest id|did",
    Role.PROFILE: "url|profile url|profile link|profile|profile address|public profile url|link|user link|href|html url"
    "|linkedin|linkedin url|linkedin profile|linkedin profile url|linkedin link|person linkedin url|profil|profil url"
    "|profil link|profiladresse|linkedin profil|lien|lien du profil|url du profil|adresse du profil|perfil|enlace"
    "|enlace del perfil|url del perfil|url do perfil|link do perfil",
    Role.WEBSITE: "website|websites|website url|website value|web site|web page|webpage|homepage|home page|personal web page|blog"
    "|webseite|internetseite|site web|page web|sitio web|pagina web|site|site pessoal"
    "|pagina da web|pagina web personale|webpagina|sito web|page personnelle|site internet|internet|website address",
    Role.EMAIL: "email|email address|emailaddress|email value|mail|primary email|work email|business email|person email"
    "|email adresse|emailadresse|mailadresse|adresse email|adresse mail|courriel|adresse de messagerie|adresse electronique"
    "|correo|correo electronico|direccion de correo electronico|direccion de correo|endereco de email|correio eletronico"
    "|secondary email|email address work|emailadres|indirizzo email|indirizzo posta elettronica|posta elettronica|indirizzo di posta elettronica|endereco de email|correo|email cim|email id|email addresses|emails|adresse de messagerie electronique|additional email addresses|additional email|endereco de correio eletronico",
    Role.BIO: "bio|biography|description|about|about me|headline|summary|profile description|beschreibung|biografie"
    "|uber mich|kurzbio|biographie|a propos|presentation|biografia|descripcion|acerca de|descricao|sobre"
    "|info|over mij|descrizione|informazioni",
    Role.LOCATION: "location|city|town|region|country|place|geo location|mailing city|mailing country|business city|business country"
    "|home city|ort|standort|stadt|wohnort|land|lieu|localisation|ville|pays|emplacement|ubicacion|ciudad|pais|lugar"
    "|localizacao|cidade|localidade"
    "|citta|luogo|paese|plaats|woonplaats|locatie|localita|comune|localidad|pais region|land region|pays region|country region|country or region|pais ou regiao|paese regione",
    Role.COMPANY: "company|company name|organization|organisation|organization name|organisation name|employer|current company"
    "|account name|associated company|firma|firmenname|unternehmen|arbeitgeber|entreprise|societe|employeur|empresa"
    "|compania|organizacion|organizacao"
    "|societa|azienda|ditta|organizzazione|bedrijf|bedrijfsnaam|organisatie|werkgever|nom de l entreprise|nombre de la empresa|nome da empresa|name des unternehmens|unternehmensname|nome azienda|nome dell azienda|primary company|company account|kunde|lead company",
    Role.POSITION: "position|job title|jobtitle|job|role|occupation|current position|organization title|organisation title"
    "|berufsbezeichnung|beruf|funktion|stelle|jobtitel|poste|fonction|intitule du poste|profession|metier|cargo|puesto"
    "|profesion|funcao|profissao"
    "|posizione|ruolo|professione|qualifica|functie|beroep|functietitel|arbeitstitel|job position|jobbezeichnung|intitule de poste|puesto de trabajo",
    Role.PRONOUNS: "pronouns|pronomen|pronoms|pronombres|pronomes",
    Role.FOLLOWED: "connected on|connected at|connection date|date connected|followed on|followed at|follow date|followed date|follow time"
    "|followed since|following since|date followed|verbunden am|verbunden seit|gefolgt am|folgt seit|connecte le"
    "|date de connexion|suivi le|abonne le|date d abonnement|conectado el|fecha de conexion|seguido el|conectado em"
    "|data de conexao|seguido em|seguindo desde",
    Role.NOTE: "note|notes|comment|comments|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|remarque|remarques"
    "|commentaire|commentaires|nota|notas|comentario|comentarios|observacoes"
    "|note personali|aantekeningen|notities|opmerkingen|anotacoes|observaciones|memo|contact notes",
    Role.PHONE: "phone|phone number|phone value|mobile|mobile phone|home phone|business phone|primary phone|telefon|handy|telephone"
    "|telefono|telefone"
    "|mobiltelefon|mobil|telefoon|cellulare",
    Role.TITLE: "title|titel|titre|titulo|titolo",
    Role.LEFT_OUT: "suffix|initials|gender|birth year|birth month|birth day|anniversary|address|street|business street|home street|mailing street|zip|zip code|postal code"
    "|photo|avatar|avatar url|profile image|profile image url|profile banner url|profile pic url|instant messengers"
    "|email type|email label|email display name|file as|phonetic first name"
    "|phonetic last name|yomi name|created at|create date|join date|join time|record id"
    "|followers|following|followers count|following count|friends count|followed|listed|listed count|statuses"
    "|statuses count|tweets|tweets count|likes|media count|favourites count|protected|verified|is verified|is private"
    "|can dm|follows you|salutation|anrede|show boosts|notify on new posts|languages|pk|privacy|sensitivity|priority|mileage"
    "|contact owner|lifecycle stage|account owner|person owner|lead owner|record owner|kontaktinhaber|lifecycle phase|proprietaire du contact|propietario del contacto|email typ|email angezeigter name|type de messagerie|nom complet de l adresse de messagerie|tipo de correo electronico"
    "|nombre de pantalla de correo electronico|nombre para mostrar de correo electronico|tipo de email|nome para exibicao do email"
    "|nome de exibicao de email|tipo posta elettronica|nome visualizzato posta elettronica|emailtype|email weergegeven naam"
    "|weergavenaam voor email|suffixe|sufijo|sufixo|titolo straniero|achtervoegsel|initialen|initiales|iniciales|iniciais"
    "|iniziali|vertraulichkeit|prioritat|prioritaet|privat|kilometrage|reisekilometer|sprache|language|langue|idioma|lingua|taal"
    "|geschlecht|sexe|sexo|sesso|geslacht|verzeichnisserver|directory server|internet free busy|internet frei gebucht"
    "|confidentialite|critere de diffusion|priorite|prive|priorita|prioriteit|gevoeligheid|sensibilidad|prioridad|privado"
    "|telefon isdn|isdn|rnis|rdsi|manager s name|assistant s name|name assistent|name des der vorgesetzten|nom de l assistant e"
    "|naam assistent|naam manager|referred by|empfohlen von|recommande par|birth year|birth month|birth day"
    "|member rating|optin time|optin ip|confirm time|confirm ip|latitude|longitude|gmtoff|dstoff|timezone"
    "|time zone|cc|last changed|leid|euid|ad id|ad name|adset id|adset name|campaign id|campaign name|form id|form name"
    "|is organic|platform|created time|inbox url|created date|created by|modified by|last modified|last modified date|updated at"
    "|account id|contact id|lead id|person id|organization id|reports to id|system modstamp|is deleted|master record id|uid"
    "|change|photo url|datensatz id|createdate|name prefix|name suffix|phonetic middle name|yomi|additional name yomi"
    "|given name yomi|family name yomi|organization yomi name|organization phonetic name|organization type|organization symbol"
    "|organization location|organization department type|website type|website label|phone type|phone label|relation type"
    "|relation label|event type|event label|address type|address label|address formatted|maiden name|short name|subject"
    "|billing information|billing info|hidden|import id|rating|email opt out|do not call",
    Role.NICKNAME: "spitzname|surnom|apodo|apelido informal|soprannome|bijnaam|alias",
    Role.LABEL: "label|labels|tag|tags|categories|category|group membership|groups|group|lists|kategorien|kategorie|etiketten|gruppen|gruppe"
    "|categoria|categorias|categorie|etiquettes|groupes|etiquetas|grupos|etichette|gruppi|person label|keywords|stichworter",
    Role.BIRTHDAY: "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversaire|date de naissance|cumpleanos"
    "|fecha de nacimiento|data de nascimento|compleanno|data di nascita|verjaardag|geboortedatum",
}
# Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Turkish, Russian, Japanese, Chinese, Korean.
_FURTHER = {
    Role.NAME: "namn|fullstandigt namn|navn|fulde navn|fullt navn|nimi|koko nimi|imie i nazwisko|nazwa|jmeno a prijmeni"
    "|cele jmeno|nev|teljes nev|ad soyad|adı soyadı|фио|полное имя|氏名|名前|お名前|表示名|姓名|名字|이름|성명",
    Role.FIRST: "fornamn|fornavn|etunimi|imie|krestni jmeno|jmeno|keresztnev|utonev|adı|имя|名",
    Role.LAST: "efternamn|efternavn|etternavn|sukunimi|nazwisko|prijmeni|vezeteknev|csaladnev|soyad|soyadı|фамилия|姓|苗字"
    "|성",
    Role.EMAIL: "e post|e postadress|e postadresse|sahkoposti|sahkopostiosoite|adres email|poczta|emailova adresa|e posta"
    "|e posta adresi|электронная почта|эл почта|почта|адрес электроннои почты|メール|メールアトレス|eメール|電子メール|邮箱|电子邮件"
    "|電子郵件|邮件|이메일|이메일 주소",
    Role.COMPANY: "foretag|virksomhed|firmanavn|bedrift|yritys|tyopaikka|przedsiebiorstwo|nazwa firmy|spolecnost|ceg|cegnev"
    "|munkahely|sirket|firma adı|компания|организация|会社|会社名|公司|單位|单位|회사|회사명",
    Role.POSITION: "befattning|stilling|stillingsbetegnelse|stillingstittel|tehtavanimike|ammatti|stanowisko|pozice"
    "|pracovni pozice|beosztas|pozicio|unvan|gorev|pozisyon|должность|役職|肩書き|職種|职位|職位|职务|직책|직함",
    Role.LOCATION: "stad|kaupunki|paikkakunta|miasto|kraj|mesto|zeme|varos|orszag|sehir|ulke|город|страна|都市|市区町村|国|城市|国家"
    "|도시|국가",
    Role.NOTE: "anteckning|anteckningar|noter|notat|notater|muistiinpanot|huomautukset|notatki|uwagi|poznamka|poznamky"
    "|megjegyzes|megjegyzesek|jegyzet|notlar|заметки|примечание|комментарии|メモ|備考|备注|備註|메모",
    Role.BIRTHDAY: "fodelsedag|fødselsdag|fødselsdato|bursdag|syntymapaiva|data urodzenia|urodziny|datum narozeni|szuletesnap"
    "|szuletesi datum|dogum gunu|dogum tarihi|день рождения|дата рождения|誕生日|生日|생일",
    Role.PHONE: "telefonnummer|puhelin|telefonszam|телефон|電話番号|电话|手机|電話|전화번호",
}
ROLES = {word: role for words in (_FURTHER, _WORDS) for role, listed in words.items() for word in listed.split("|")}
"""The role of a header."""

CITIES = frozenset(
    "city town locality ort stadt wohnort ville ciudad citta cidade localidad localidade localita plaats woonplaats location"
    " standort lieu luogo lugar comune".split()
)
COUNTRIES = frozenset("country land pays pais paese nation nazione".split())
REGIONS = frozenset(
    "region state province county bundesland kanton departement dep provincia estado regione regiao regio provincie".split()
)
QUALIFIERS = frozenset(
    "business work home other mailing billing office primary secondary personal private company person contact address geschaftlich"
    " dienstlich privat private weiterer weiteres weitere beruflich bureau professionnel domicile autre trabajo casa residencia"
    " particular otro otra personal uff ab ufficio abitazione altro altra comercial residencial outro outra endereco trabalho werk"
    " thuis anders werkadres huisadres ander adres zakelijk prive de del do da di der des du el la le l o or ou r e custom direccion"
    " indirizzo adresse additional primare sekundare primaire secondaire principale principal primaria secundaria".split()
)
"""Words beside the one that counts: whose city, which e-mail address."""

PHONES = re.compile(
    r"\b(?:phone|telefon|telephone|mobile|mobil|mobiltelefon|cell|cellular|cellulare|handy|tel|telefono|telefone|celular|movil"
    r"|telemovel|telefoon|gsm|whatsapp|sms|autotelefon|haupttelefon|hoofdtelefoon|autotelefoon|radiotelefon)\b"
)
"""Headers of telephone numbers."""

PRIVATE = re.compile(
    r"\b(?:street|address|postal|zip|po box|fax|pager|telex|anniversary|government id|password|billing"
    r"|spouse|partner|children|salary|religion|gender|strasse|postleitzahl|plz|ehepartner|kinder|rue|adresse"
    r"|code postal|conjoint|enfants|calle|direccion|hijos|rua|endereco|aniversario|filhos|jahrestag|via|cap|indirizzo|coniuge|figli|straat|postcode|postbus|telefax|fax|postfach|spouse s|codigo postal|cep|partner s|sofinummer|regierungsnr|organisationsnr|password|iban|vat|tax|ust id)\b"
)
"""What no letter should be built on, whatever else stands in the header."""

NEVER_SHARED = re.compile(
    r"\b(?:owner|lifecycle|lead|deals?|stage|status|score|source|campaign|opt|consent|subscri\w*|segment|pipeline|utm|revenue"
    r"|budget|value|amount|invoice|customer|inhaber|besitzer|kontaktinhaber|phase|proprietaire|statut|propietario|etapa"
    r"|proprietario|fase|stato|eigenaar|department|abteilung|service|reparto|departamento|afdeling|hobby|hobbys|hobbies|manager)\b"
)
"""What an address book or a CRM says of people and they themselves did not."""
