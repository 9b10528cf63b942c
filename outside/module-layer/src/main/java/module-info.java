/** An application whose backends are plugins: modules that it finds in a directory when it runs. */
module com.example.layer {
  requires io.jstorage;
}
