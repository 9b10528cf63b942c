package com.example.library;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** A slow library, which counts how often it is asked. */
@Service
public class Library {
  private final AtomicInteger asked = new AtomicInteger();

  @Cacheable("books")
  public Book find(String title) {
    return new Book(title, 1965, "asked " + asked.incrementAndGet());
  }

  @CachePut(cacheNames = "books", key = "#book.title()")
  public Book save(Book book) {
    return book;
  }

  @CacheEvict("books")
  public void forget(String title) {}

  @Cacheable(cacheNames = "prices", sync = true)
  public Integer price(String title, int year) {
    return asked.incrementAndGet() * 100;
  }
}
