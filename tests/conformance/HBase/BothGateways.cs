using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

// Each set of tests, once against the emulator and once against the real thing.

public sealed class EmulatedHBaseBulkWriteTests(SharedTable<EmulatedHBase> table) : BulkWriteTests<EmulatedHBase>(table);

public sealed class RealHBaseBulkWriteTests(SharedTable<RealHBase> table) : BulkWriteTests<RealHBase>(table);

public sealed class EmulatedHBaseRefusedWriteTests(SharedTable<EmulatedHBase> table) : RefusedWriteTests<EmulatedHBase>(table);

public sealed class RealHBaseRefusedWriteTests(SharedTable<RealHBase> table) : RefusedWriteTests<RealHBase>(table);

public sealed class EmulatedHBaseDeleteTests(SharedTable<EmulatedHBase> table) : DeleteTests<EmulatedHBase>(table);

public sealed class RealHBaseDeleteTests(SharedTable<RealHBase> table) : DeleteTests<RealHBase>(table);

public sealed class EmulatedHBaseRowReadTests(SharedTable<EmulatedHBase> table) : RowReadTests<EmulatedHBase>(table);

public sealed class RealHBaseRowReadTests(SharedTable<RealHBase> table) : RowReadTests<RealHBase>(table);

public sealed class EmulatedHBaseMultiGetTests(SharedTable<EmulatedHBase> table) : MultiGetTests<EmulatedHBase>(table);

public sealed class RealHBaseMultiGetTests(SharedTable<RealHBase> table) : MultiGetTests<RealHBase>(table);

public sealed class EmulatedHBaseScanTests(SharedTable<EmulatedHBase> table) : ScanTests<EmulatedHBase>(table);

public sealed class RealHBaseScanTests(SharedTable<RealHBase> table) : ScanTests<RealHBase>(table);

public sealed class EmulatedHBaseScannerTests(SharedTable<EmulatedHBase> table) : ScannerTests<EmulatedHBase>(table);

public sealed class RealHBaseScannerTests(SharedTable<RealHBase> table) : ScannerTests<RealHBase>(table);

public sealed class EmulatedHBaseSchemaTests(SharedTable<EmulatedHBase> table) : SchemaTests<EmulatedHBase>(table);

public sealed class RealHBaseSchemaTests(SharedTable<RealHBase> table) : SchemaTests<RealHBase>(table);

public sealed class EmulatedHBaseNamespaceTests(SharedTable<EmulatedHBase> table) : NamespaceTests<EmulatedHBase>(table);

public sealed class RealHBaseNamespaceTests(SharedTable<RealHBase> table) : NamespaceTests<RealHBase>(table);

public sealed class EmulatedHBaseClusterTests(SharedTable<EmulatedHBase> table) : ClusterTests<EmulatedHBase>(table);

public sealed class RealHBaseClusterTests(SharedTable<RealHBase> table) : ClusterTests<RealHBase>(table);

public sealed class EmulatedHBaseKeyAlphabetTests(SharedTable<EmulatedHBase> table) : KeyAlphabetTests<EmulatedHBase>(table);

public sealed class RealHBaseKeyAlphabetTests(SharedTable<RealHBase> table) : KeyAlphabetTests<RealHBase>(table);

public sealed class EmulatedHBaseCheckedWriteTests(SharedTable<EmulatedHBase> table) : CheckedWriteTests<EmulatedHBase>(table);

public sealed class RealHBaseCheckedWriteTests(SharedTable<RealHBase> table) : CheckedWriteTests<RealHBase>(table);

public sealed class EmulatedHBaseBinaryKeyTests(SharedTable<EmulatedHBase> table) : BinaryKeyTests<EmulatedHBase>(table);

public sealed class RealHBaseBinaryKeyTests(SharedTable<RealHBase> table) : BinaryKeyTests<RealHBase>(table);
