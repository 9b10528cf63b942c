package com.example.hibernate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.LogManager;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;

/** An application with a cache: carries out commands and says where the answer came from. */
final class Worker {
  private final SessionFactory sessions;
  private final Statistics statistics;

  private Worker(SessionFactory sessions) {
    this.sessions = sessions;
    this.statistics = sessions.getStatistics();
  }

  public static void main(String[] args) throws IOException {
    LogManager.getLogManager().reset(); // Only the answers are printed.
    Properties properties = new Properties();
    properties.setProperty("hibernate.connection.url", args[0]);
    properties.setProperty("hibernate.hbm2ddl.auto", "update");
    properties.setProperty("hibernate.generate_statistics", "true");
    properties.setProperty("hibernate.cache.use_query_cache", "true");
    properties.setProperty("hibernate.cache.region.factory_class", "jcache");
    properties.setProperty("hibernate.javax.cache.missing_cache_strategy", "create");
    properties.setProperty("hibernate.javax.cache.uri", args[1]);
    Configuration configuration = new Configuration().addAnnotatedClass(Book.class);
    try (SessionFactory sessions = configuration.setProperties(properties).buildSessionFactory()) {
      Worker worker = new Worker(sessions);
      System.out.println("ready");
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(worker.answer(line.split(" ")));
      }
    }
  }

  private String answer(String[] command) {
    return switch (command[0]) {
      case "store" ->
          change(
              session ->
                  session.persist(
                      new Book(Long.parseLong(command[1]), command[2], command[3])));
      case "retitle" ->
          change(session -> session.find(Book.class, Long.valueOf(command[1])).retitle(command[2]));
      case "ascribe" ->
          change(
              session ->
                  session
                      .createMutationQuery("update Book set author = :author where id = :id")
                      .setParameter("author", command[2])
                      .setParameter("id", Long.valueOf(command[1]))
                      .executeUpdate());
      case "find" -> told(session -> session.find(Book.class, Long.valueOf(command[1])));
      case "by" -> told(session -> by(session, command[1]));
      case "evict" -> {
        sessions.getCache().evictAllRegions();
        yield "done";
      }
      default -> "unknown";
    };
  }

  private static List<Book> by(Session session, String author) {
    return session
        .createSelectionQuery("from Book where author = :author order by id", Book.class)
        .setParameter("author", author)
        .setCacheable(true)
        .getResultList();
  }

  private interface Change {
    void in(Session session);
  }

  private String change(Change change) {
    sessions.inTransaction(change::in);
    return "done";
  }

  private String told(Function<Session, Object> question) {
    statistics.clear();
    Object found = sessions.fromTransaction(question);
    return "%s, with %d statements".formatted(found, statistics.getPrepareStatementCount());
  }
}
