package com.example.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/**
 * A cached entity. READ_WRITE would rely on locks that each process has for itself; this strategy
 * removes changed entities from the cache, and needs no locks.
 */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
public class Book {
  @Id private long id;
  private String title;
  private String author;

  protected Book() {}

  Book(long id, String title, String author) {
    this.id = id;
    this.title = title;
    this.author = author;
  }

  void retitle(String newTitle) {
    title = newTitle;
  }

  @Override
  public String toString() {
    return title + " by " + author;
  }
}
