namespace Orleans.Story.Silo;

/// <summary>The settings ask for a hall that this program does not make. The message says which, and what it does make.</summary>
/// <param name="message">One or two sentences for the operator.</param>
public sealed class HallRefusedException(string message) : Exception(message);
