# Functions that the scripts of this folder share. A script sources this file, installs what it
# needs, runs it, and ends with `conclude`. Everything it makes is under $work, removed at exit.
set -uo pipefail
work=$(mktemp -d)
servers=()

finish() {
  for each in ${servers[@]+"${servers[@]}"}; do
    kill "$each" 2>/dev/null && wait "$each" 2>/dev/null
  done
  rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Says why nothing could be seen, with the end of what was logged, and ends the script.
could_not() { # message
  echo "could not run: $1" >&2
  [ ! -f "$work/log" ] || tail -n 20 "$work/log" >&2
  exit 2
}

npm_packages() { # name@version...
  mkdir -p "$work/npm"
  echo '{"private":true}' >"$work/npm/package.json"
  (cd "$work/npm" && npm install --no-audit --no-fund --loglevel=error "$@") >>"$work/log" 2>&1 ||
    could_not "npm install $*"
}

# The jars and all that they need, in $work/$folder; one with ":only" comes without others.
jars_into() { # folder, group:artifact:version...
  local folder=$work/$1 group artifact version only
  shift
  mkdir -p "$folder"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>findings</groupId><artifactId>findings</artifactId><version>1</version>'
    echo '<dependencies>'
    for each in "$@"; do
      IFS=: read -r group artifact version only <<<"$each"
      printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId>' "$group" "$artifact"
      printf '<version>%s</version>' "$version"
      [ -z "$only" ] || printf '<exclusions><exclusion><groupId>*</groupId>%s' \
        '<artifactId>*</artifactId></exclusion></exclusions>'
      echo '</dependency>'
    done
    echo '</dependencies></project>'
  } >"$folder/pom.xml"
  mvn -q -B -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$folder" >>"$work/log" 2>&1 || could_not "mvn for $*"
}

jars() { jars_into jars "$@"; }

# Runs the Java program of the standard input with the jars of a folder; prints what it prints.
java_program() { # folder, argument...
  local folder=$1
  shift
  cat >"$work/Main.java"
  java -cp "$work/$folder/*" "$work/Main.java" "$@" 2>>"$work/log" ||
    could_not "the Java program"
}

# Runs the program (an ES module) of the standard input; prints what it prints.
node_program() { # argument...
  cat >"$work/npm/main.mjs"
  (cd "$work/npm" && node main.mjs "$@") 2>>"$work/log" || could_not "the program for Node"
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1",
    () => { console.log(s.address().port); s.close() })'
}

# Starts a server in the background and waits until its port takes connections.
serve() { # port, command...
  local port=$1
  shift
  "$@" >>"$work/log" 2>&1 &
  servers+=($!)
  node -e 'const net = require("net"), end = Date.now() + 90000
    const attempt = () => net.connect(+process.argv[1], "127.0.0.1", () => process.exit(0))
      .on("error", () => Date.now() > end ? process.exit(1) : setTimeout(attempt, 100))
    attempt()' "$port" || could_not "no server on port $port: $*"
}

# Prints the finding and compares what was seen with what is described; the script's exit status.
conclude() { # software and version, expected, described, seen
  printf '%s\n' "software:  $1" "expected:  $2" "described: $3" "seen:      $4"
  if [ "$4" = "$3" ]; then
    echo "still as described"
  else
    echo "CHANGED: what was seen is not what is described"
    exit 1
  fi
}
