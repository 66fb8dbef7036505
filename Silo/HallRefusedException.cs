using Orleans.Story.Contracts;

namespace Orleans.Story.Silo;

/// <summary>The settings ask for a hall that this program does not make. The message says which, and what it does make.</summary>
/// <param name="sentence">One or two sentences for the operator, in both languages of the interface.</param>
/// <param name="cause">What it comes from, if it comes from something.</param>
public sealed class HallRefusedException(Text sentence, Exception? cause = null) : Exception(sentence.Words, cause)
{
    /// <summary>The message in both languages.</summary>
    public Text Sentence => sentence;
}
