package com.example.library;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The library on the web. There is no glue: caches are annotations and properties. */
@SpringBootApplication
@EnableCaching
@RestController
public class Application {
  private final Library library;

  Application(Library library) {
    this.library = library;
  }

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @GetMapping("/books/{title}")
  String find(@PathVariable("title") String title) {
    return library.find(title).toString();
  }

  @PutMapping("/books/{title}")
  String save(@PathVariable("title") String title, @RequestParam("year") int year) {
    return library.save(new Book(title, year, "saved")).toString();
  }

  @DeleteMapping("/books/{title}")
  void forget(@PathVariable("title") String title) {
    library.forget(title);
  }

  @GetMapping("/prices/{title}")
  String price(@PathVariable("title") String title) {
    return library.price(title, 1965).toString();
  }
}
