package com.example.library;

/** The cached value. */
public record Book(String title, int year, String source) {}
