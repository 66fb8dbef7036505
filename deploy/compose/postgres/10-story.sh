#!/usr/bin/env bash
# Runs once, when the data folder is new: a user for the programs that owns its database and nothing else.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=password="$(cat /run/secrets/story-password)" --username postgres --dbname postgres <<'SQL'
create role story login password :'password';
create database story owner story encoding 'UTF8' locale 'C' template template0;
revoke connect on database story from public;
SQL
