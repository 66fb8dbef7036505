namespace Orleans.Story.Inference.Models;

/// <summary>A model server that speaks the OpenAI chat protocol: llama.cpp's, vLLM, Ollama, a cloud.</summary>
public sealed record ModelEndpoint
{
    /// <summary>What records and consoles call it: letters, digits, hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Base address up to and including <c>/v1</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The model's name as the server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the environment variable that holds the key; <see langword="null"/> where the server asks for none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Endpoints of a lower order are asked first, from 0; those of a higher one when they fail.</summary>
    public int Order { get; init; }

    /// <summary>Share of the sessions among endpoints of one order; positive.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Beats that it writes at once, 1–64.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>Tokens that one request may have, prompt and answer together; at least 4096.</summary>
    public int Context { get; init; } = Prompting.BeatPrompt.UsualContext;

    /// <summary>Longest silence in the middle of an answer before it counts as failed, seconds. The first token may take twice as long.</summary>
    public double SilenceSeconds { get; init; } = 6;

    /// <summary>Most tokens that one show spends here, read and written; 0 for no limit.</summary>
    public long TokensPerShow { get; init; }

    /// <summary>Sampling temperature, 0–2.</summary>
    public float Temperature { get; init; } = 0.8f;
}

/// <summary>The models of a hall. Without endpoints the film's own storylets tell every show.</summary>
public sealed record ModelOptions
{
    /// <summary>No models.</summary>
    public static ModelOptions None { get; } = new();

    /// <summary>The endpoints; names are unique.</summary>
    public IReadOnlyList<ModelEndpoint> Endpoints { get; init; } = [];

    /// <summary>
    /// Most tokens that one show spends in all, read and written; 0 for no limit. From nine tenths on nothing is written ahead any more,
    /// at the end storylets tell the rest.
    /// </summary>
    public long TokensPerShow { get; init; }
}
