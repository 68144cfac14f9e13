#!/bin/sh
# Makes the certificates of the fault server anew. One key is enough for all of them; it guards nothing.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cat > "$work/ca.cnf" <<END
[ca]
default_ca = own
[own]
database = $work/index
new_certs_dir = $work
serial = $work/serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
END
: > "$work/index"
echo 01 > "$work/serial"
openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out key.pem
make() { # file, name, extension, until, how it is signed
  openssl req -new -config "$work/ca.cnf" -key key.pem -subj "/CN=$2" -addext "$3" -out "$work/request.pem"
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.cnf" -keyfile key.pem -in "$work/request.pem" -out "$1" \
    -startdate 20200101000000Z -enddate "$4" $5 2> /dev/null
}
make authority.pem "postlint test authority" basicConstraints=critical,CA:TRUE 21000101000000Z -selfsign
make good.pem "fault server" subjectAltName=IP:127.0.0.1,DNS:localhost 21000101000000Z "-cert authority.pem"
make expired.pem "fault server" subjectAltName=IP:127.0.0.1,DNS:localhost 20210101000000Z "-cert authority.pem"
make wrong-host.pem "fault server" subjectAltName=DNS:elsewhere.example 21000101000000Z "-cert authority.pem"
make self-signed.pem "fault server" subjectAltName=IP:127.0.0.1,DNS:localhost 21000101000000Z -selfsign
