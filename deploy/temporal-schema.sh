#!/bin/sh
# Makes Temporal's two databases and brings their tables up to date. Repeating it changes nothing. The password is taken from SQL_PASSWORD.
set -eu

prepare() {
  database=$1
  schema=$2
  sql() {
    temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" -p 5432 -u "$POSTGRES_USER" --db "$database" "$@"
  }
  sql create
  sql setup-schema -v 0.0
  sql update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
