/** An application that names no backend; its values are records, which JSON may look into. */
module com.example.modules {
  requires io.jstorage;

  opens com.example.modules to
      tools.jackson.databind;
}
