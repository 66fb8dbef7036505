using Orleans.Storage;
using Orleans.Story.Storage.GrainState;

namespace Orleans.Story.Silo.Engines;

/// <summary>Grain state as the same JSON that a hall on one machine writes: Orleans's default cannot read immutable collections back.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(StateJson.Write(input));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => StateJson.Read<T>(input.ToArray())!;
}
