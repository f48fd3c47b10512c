"""The door to Kafka; this package alone imports faust and aiokafka."""
