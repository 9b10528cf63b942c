package com.example.library;

/** What is cached. */
public record Book(String title, int year, String source) {}
