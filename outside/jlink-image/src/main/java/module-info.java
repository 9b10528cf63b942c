/** An application that names no backend: an image of it has those that jlink is told to bind. */
module com.example.image {
  requires io.jstorage;
}
