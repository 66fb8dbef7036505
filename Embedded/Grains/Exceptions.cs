namespace Orleans.Runtime
{
    /// <summary>A fault of the engine or of what it stands on.</summary>
    [GenerateSerializer]
    public class OrleansException : Exception
    {
        /// <summary>Without words.</summary>
        public OrleansException() : base("Unexpected error.")
        {
        }

        /// <summary>With words.</summary>
        public OrleansException(string message) : base(message)
        {
        }

        /// <summary>With words and the fault behind it.</summary>
        public OrleansException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>A call was not delivered.</summary>
    [GenerateSerializer]
    public class OrleansMessageRejectionException(string message, Exception? innerException = null) : OrleansException(message, innerException!);

    /// <summary>The silo is stopping or gone.</summary>
    [GenerateSerializer]
    public sealed class SiloUnavailableException(string message) : OrleansMessageRejectionException(message);

    /// <summary>The application cannot run as it is put together.</summary>
    [GenerateSerializer]
    public sealed class OrleansConfigurationException(string message) : Exception(message);
}

namespace Orleans.Storage
{
    /// <summary>A storage provider is missing.</summary>
    [GenerateSerializer]
    public sealed class BadProviderConfigException(string message) : OrleansException(message);
}

namespace Orleans.Serialization
{
    /// <summary>A value cannot travel in a message.</summary>
    [GenerateSerializer]
    public class SerializerException(string message) : Exception(message);

    /// <summary>A value's type has no serializer.</summary>
    [GenerateSerializer]
    public sealed class CodecNotFoundException(string message) : SerializerException(message);
}
